int luath_y(void){return 0;}
