int luath_x(void){return 0;}
